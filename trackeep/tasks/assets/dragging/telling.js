// What a thing that moved tells: the server in a form, and people who listen in a sentence.
export const form = (fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

// A sentence for screen readers.
export function say(area, text) {
  const place = area.parentElement?.querySelector("[data-board-says]");
  if (place) place.textContent = text;
}
