@echo off
rem The command line of the installed app: the same program without a window.
"%~dp0..\Strata.exe" --disable-gpu --log-level=3 --strata-cli -- %*
