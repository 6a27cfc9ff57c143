# Every target sets up what it needs: a virtual environment of its own, with uv from PyPI and the locked versions.
# VENV and UV_HOME may point elsewhere:  make test VENV=/tmp/v UV_HOME=/tmp/u

VENV ?= .venv
UV_HOME ?= .uv
PYTHON ?= python3
OUT ?= demo-output

export UV_PROJECT_ENVIRONMENT = $(abspath $(VENV))
export UV_PYTHON_DOWNLOADS = never
export UV_SYSTEM_CERTS = true

UV = $(UV_HOME)/bin/uv
PY = $(VENV)/bin/python
READY = $(VENV)/.ready
PYTEST = $(PY) -m pytest -q -n auto --maxprocesses 8 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help truth setup setup-system demo test test-core test-ocr check fix bench fuzz golden ocr docs county clean

help: ## 列出可用的命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: $(READY) ## 建好运行环境

$(READY): pyproject.toml uv.lock
	@tools/need.sh $(PYTHON)
	@test -x $(UV) || { $(PYTHON) -m venv $(UV_HOME) && $(UV_HOME)/bin/pip install --quiet --disable-pip-version-check uv; }
	$(UV) sync --quiet --locked --python $(PYTHON)
	@touch $(READY)

demo: $(READY) ## 审核示例县的绩效文本，告诉你报告在哪里
	@$(VENV)/bin/jixiao review examples/county/files -o $(OUT) --title 示例：清源县2026年部门预算绩效文本 || [ $$? -eq 3 ]
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] && command -v xdg-open >/dev/null; then xdg-open $(OUT)/审核报告.html >/dev/null 2>&1 & fi

setup-system: ## 安装 LibreOffice、浏览器、中文字体等系统软件包（要管理员权限；读旧格式和部分测试要用）
	@tools/setup-system.sh

test: $(READY) ## 跑全部测试；缺什么就跳过哪些，并说明用哪条命令装上
	$(PYTEST)

test-core: $(READY) ## 一分钟以内：不用浏览器、LibreOffice、文字识别，也不喂坏文件
	$(PYTEST) -m "not (browser or office or ocr or fuzz)"

test-ocr: ocr ## 跑文字识别的测试
	$(PY) -m pytest -q -m ocr

check: $(READY) ## 只检查，不改文件：格式、写法、类型、引用方向
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m tools.house

fix: $(READY) ## 改好格式和能自动改的写法
	$(PY) -m ruff check --fix --quiet . || true
	$(PY) -m ruff format --quiet .

bench: $(READY) ## 量速度和内存
	$(PY) -m benchmarks

fuzz: $(READY) ## 把十万个弄坏的文件喂给每一种读取程序，看有没有出错、卡死的
	PYTHONPATH=tests $(PY) -m tools.fuzz

golden: $(READY) ## 重写样张的预期结果（改了读法之后；写完用 git diff 逐条看）
	$(PY) -m pytest -q tests/golden --regenerate-golden

ocr: $(READY) ## 装上文字识别，以便读扫描件和图片
	$(UV) sync --quiet --locked --extra ocr --python $(PYTHON)

docs: $(READY) ## 重新生成规则说明等文档
	$(PY) -m tools.build_docs

truth: $(READY) ## 量审核有多准：查准、查全，每一处漏报和误报
	$(PY) -m tools.truth

county: $(READY) ## 重新生成示例县的文件
	$(PY) -m tools.build_county

clean: ## 删掉运行环境和结果
	rm -rf $(VENV) $(UV_HOME) $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
