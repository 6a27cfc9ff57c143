"""Rules S: chapters and activities 「结构与分项目标」."""
