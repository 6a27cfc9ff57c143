"""The plan editor 「在线填报」: sheets written cell by cell in the browser, each cell saved by itself."""
