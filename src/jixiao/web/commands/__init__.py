"""What ``jixiao serve``, ``backup`` … do; ``jixiao.cli.workspace`` loads a module when its command is called."""
