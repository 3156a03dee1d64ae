@echo off
rem The command line from a clone, for Windows: sets up first where something is missing or has changed.
node "%~dp0scripts\bootstrap.mjs" strata %*
