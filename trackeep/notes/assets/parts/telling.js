// A short message of this page, shown by the shell: its module listens once, so a bundle must not bring a second one.
export const tell = (detail) => document.dispatchEvent(new CustomEvent("toast", { detail }));
