// The bookmarklet is dragged to the bookmarks bar, never clicked here: its address is only in place for the drag, since the page's
// policy would refuse it on a click and complain.
export function mount(link) {
  const hint = document.getElementById(link.dataset.hint);
  link.href = link.dataset.bookmarklet;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    hint?.classList.add("is-told");
  });
}
