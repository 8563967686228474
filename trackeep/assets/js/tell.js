// A short message of a domain's script, shown by the shell: { text, kind, undo_url }. Modules that listen, such as the one that shows it,
// are the shell's alone: in another bundle they would listen a second time.
export const tell = (detail) => document.dispatchEvent(new CustomEvent("toast", { detail }));
