"""Speed, measured by hand or by `make prove`; nothing here is part of the product."""
