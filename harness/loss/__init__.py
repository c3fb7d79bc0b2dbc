"""Pure: two inventories in, what was lost out, item by item."""
