@echo off
rem Double click: the desk of one person opens in the browser.
rem Drop a folder (or files) on this file: it is reviewed, the results go into a folder beside it, the report opens.
rem Plain ASCII on purpose: cmd.exe loses its place in a batch file with other letters. The Chinese words are in help.txt.
setlocal DisableDelayedExpansion
chcp 65001 >nul
set "DO=review --beside --open"
if "%~1"=="" set "DO=desk"

set "JIXIAO=%~dp0..\.venv\Scripts\jixiao.exe"
if exist "%JIXIAO%" goto run
for %%P in (jixiao.exe) do set "JIXIAO=%%~$PATH:P"
if defined JIXIAO goto run
py -3 -c "import jixiao" >nul 2>nul
if not errorlevel 1 goto runpy
python -c "import jixiao" >nul 2>nul
if not errorlevel 1 goto runpython

:help
if exist "%~dp0help.txt" type "%~dp0help.txt"
if not exist "%~dp0help.txt" echo Drop a folder on this file. Is jixiao installed?
pause
exit /b 2

:run
"%JIXIAO%" %DO% %*
goto done

:runpy
py -3 -m jixiao %DO% %*
goto done

:runpython
python -m jixiao %DO% %*

:done
set "CODE=%errorlevel%"
if not "%CODE%"=="0" if not "%CODE%"=="3" pause
exit /b %CODE%
