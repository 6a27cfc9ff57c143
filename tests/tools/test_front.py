"""The checks of the front end stop what the oldest browser does not run, and the lock of npm is fit for a mirror."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.front.classes import unknown_classes
from tools.front.node import ROOT, environment
from tools.front.packages import SERVED, VENDOR, folder_of

STYLES = {
    "a { inset: 0 }": "property inset: Chrome 87",
    "a { aspect-ratio: 1 }": "property aspect-ratio: Chrome 88",
    "a { accent-color: red }": "property accent-color: Chrome 93",
    "a { colour: red }": "property colour: unknown",
    "a { overflow: clip }": "value overflow: clip: Chrome 90",
    "a { color: color-mix(in srgb, red, blue) }": "function color-mix(): Chrome 111",
    "a { height: 100dvh }": "unit-allowed-list",
    "a:has(b) { color: red }": "selector :has: Chrome 105",
    ":is(a, b) { color: red }": "selector :is: Chrome 88",
    ":not(a, b) { color: red }": "selector :not() with a list: Chrome 88",
    "a { &:hover { color: red } }": "nesting, Chrome 112",
    "a { b { color: red } }": "a rule within a rule: nesting, Chrome 112",
    "@container (min-width: 1px) { a { color: red } }": "@container: Chrome 105",
    ":where(a) { color: red }": "selector :where: Chrome 88",
    "a { text-wrap: balance }": "property text-wrap: Chrome 114",
    "a { grid-template-columns: subgrid }": "value grid-template-columns: subgrid: Chrome 117",
    "a { padding-inline: 1px }": "property padding-inline: Chrome 87",
    "a { translate: 1px }": "property translate: Chrome 104",
    "a { color: light-dark(red, blue) }": "function light-dark(): Chrome 123",
    "a { height: 10svh }": "unit-allowed-list",
    "@media (forced-colors: active) { a { color: red } }": "@media (forced-colors): Chrome 89",
    "@layer a { b { color: red } }": "@layer: Chrome 99",
    "@media (width >= 1px) { a { color: red } }": "@media with < or >: Chrome 104",
    "a { font-size: 13px }": "font-size",
    "a { font-weight: 500 }": "font-weight",
    "a { background: url(https://example.test/a.png) }": "function-url-scheme-disallowed-list",
}
SCRIPTS = {
    "export const a = [1].at(-1);": ".at: Chrome 92",
    "export const a = crypto.randomUUID();": "crypto.randomUUID: over https only",
    "navigator.clipboard.writeText('a');": "navigator.clipboard: over https only",
    "export const { clipboard } = navigator;": "navigator.clipboard: over https only",
    "export const a = Object.hasOwn({}, 'a');": "Object.hasOwn",
    "export const a = structuredClone({});": "structuredClone",
    "export const a = document.body.checkVisibility();": ".checkVisibility: Chrome 105",
    "export class A { static { A.b = 1; } }": "Parsing error",
    "export const a = await fetch('/');": "Parsing error",
    "export let a = null; a ??= 1;": "Parsing error",
    "export class A { #b = 1; }": "Parsing error",
    "export const a = /a/v;": "Parsing error",
    "export const a = 'a'.at(0);": ".at: Chrome 92",
    "export const a = [1].findLast((b) => b);": "findLast",
    "export const a = [1].toSorted();": "toSorted",
    "export const a = Object.groupBy([], (b) => b);": ".groupBy: Chrome 117",
    "export const a = Promise.withResolvers();": ".withResolvers: Chrome 119",
    "export const a = (b) => b.showPopover();": ".showPopover: Chrome 114",
    "export const a = (b) => { b.inert = true; };": ".inert: Chrome 102",
    "export const a = (b) => b.closest('a:has(b)');": "selector :has: Chrome 105",
    "export const a = (b) => b.querySelectorAll(':is(a, b)');": "selector :is: Chrome 88",
    "eval('1');": "`eval` can be harmful",
    "document.body.innerHTML = 'a';": "innerHTML",
    "window.confirm('a');": "Unexpected confirm",
    "undefinedName();": "is not defined",
}
PAGES = {
    "<main>\n<search>{% block a %}{% endblock %}</search>": "2: <search>: Chrome 118",
    '<div inert class="{{ a }}">': "inert of <div>: Chrome 102",
    '<button popovertarget="a">': "popovertarget of <button>: Chrome 114",
    '<details name="a">': "name of <details>: Chrome 120",
    '<div hidden="until-found">': 'hidden="until-found" of <div>: Chrome 102',
}
FINE = {
    "fine.html": '<a href="{% url \'a\' %}" inputmode="numeric">{# <search> #}</a><input type="date" autocomplete="off">\n',
    "fine.css": "@page { size: A4 }\na:focus-visible { display: flex; gap: 4px; width: clamp(1px, 50%, 9px) }\n",
    "fine.js": "export const a = (b) => b?.c ?? [...document.querySelectorAll('a:not([href])')].flat();\n",
}


@pytest.mark.front
@pytest.mark.process
def test_what_the_oldest_browser_does_not_run_is_stopped(tmp_path: Path) -> None:
    """One run over all snippets: starting the linters takes most of the time."""
    wanted: dict[str, str] = {}
    for ending, snippets in (("css", STYLES), ("js", SCRIPTS), ("html", PAGES)):
        for number, (code, message) in enumerate(snippets.items()):
            (tmp_path / f"{number}.{ending}").write_text(code + "\n", encoding="utf-8")
            wanted[f"{number}.{ending}"] = message
    for name, code in FINE.items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    done = check(*sorted(tmp_path.iterdir()))
    told: dict[str, str] = {}
    for line in done.stdout.splitlines():
        name = Path(line.partition(":")[0]).name
        told[name] = told.get(name, "") + line
    assert done.returncode == 1
    assert [
        f"{name}: {message}: {told.get(name)}" for name, message in wanted.items() if message not in told.get(name, "")
    ] == []
    assert [told[name] for name in FINE if name in told] == []


@pytest.mark.front
@pytest.mark.process
def test_what_is_served_passes() -> None:
    done = check()
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


def check(*files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.front", "check", *files],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_the_lock_names_every_package_with_its_digest_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [
        name for name, told in packages.items() if name and not told.get("integrity", "").startswith("sha512-")
    ] == []
    assert [name for name, told in packages.items() if "resolved" in told or "funding" in told] == []


def test_versions_of_what_is_served_are_exact() -> None:
    demanded = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert demanded.keys() == SERVED.keys()
    assert [version for version in demanded.values() if not version[0].isdigit()] == []


@pytest.mark.assets
def test_served_files_are_there_with_their_licence() -> None:
    for package, files in SERVED.items():
        assert any("LICENSE" in file for file in files)
        for file in files:
            text = (VENDOR / folder_of(package) / Path(file).name).read_text(encoding="utf-8")
            assert text
            assert "sourceMappingURL" not in text


@pytest.mark.skipif(os.name != "posix", reason="node is a shell script here")
@pytest.mark.process
def test_a_node_of_the_machine_is_used_when_it_is_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v99.1.0\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert environment(tmp_path / "side")["PATH"] == f"{tmp_path}:/bin"
    (tmp_path / "node").write_text("#!/bin/sh\necho v18.19.0\n", encoding="utf-8")
    side = tmp_path / "side" / "bin"
    side.mkdir(parents=True)
    for name in ("node", "npm"):
        (side / name).write_text("#!/bin/sh\necho v24.1.0\n", encoding="utf-8")
        (side / name).chmod(0o755)
    assert environment(tmp_path / "side")["PATH"].startswith(f"{side}:")


def test_a_class_that_no_style_knows_is_told(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.css").write_text(".known, a.also:hover { color: red }\n", encoding="utf-8")
    page = '<p class="known also {{ a }} x-{{ b }} {% if c %}known{% endif %}">\n<p class="known btn-primary">\n'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (found,) = unknown_classes(tmp_path)
    assert found.startswith("page.html:2: class btn-primary: ")
