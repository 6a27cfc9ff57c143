"""From words and rules with places on pages to blocks: shared by the PDF and the scan reader."""
