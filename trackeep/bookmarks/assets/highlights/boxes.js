// Boxes that float beside words: where they stand, and that they stay on the screen.
const GAP = 8;

export function cloned(panel, name) {
  return panel.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
}

// Above or below the rectangle; on a narrow screen the style sheet puts the box at the bottom.
export function stand(box, rect, { below = false } = {}) {
  document.body.append(box);
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(Math.max(GAP, rect.left + rect.width / 2 - width / 2), document.documentElement.clientWidth - width - GAP);
  const above = rect.top - height - GAP;
  const under = rect.bottom + GAP;
  const top = (below && under + height < innerHeight) || above < GAP ? under : above;
  box.style.setProperty("--left", `${left + scrollX}px`);
  box.style.setProperty("--top", `${top + scrollY}px`);
}

