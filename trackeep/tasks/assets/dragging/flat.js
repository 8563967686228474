// A tree that is drawn as a flat list, each row naming its parent: what is below a row, and where that ends.
const DEEPEST = 100;

export function flat(rows, idOf) {
  const byId = new Map(rows.map((row) => [idOf(row), row]));

  function isBelow(row, above) {
    for (let each = row, left = DEEPEST; each && left > 0; left -= 1) {
      if (each === above) return true;
      each = byId.get(each.dataset.parent);
    }
    return false;
  }

  // The last row of what is below this one, or the row itself: there ends what lands behind it.
  function endOf(row) {
    let at = rows.indexOf(row);
    while (rows[at + 1] && isBelow(rows[at + 1], row)) at += 1;
    return rows[at];
  }

  return { isBelow, endOf };
}
