// The shell's scripts in the order in which they listen. Pages work without any of this for reading, signing in and forms.
import "./history.js"; // before htmx: it decides which steps back are the panel's
import "./htmx.js";
import "./requests.js";
import "./toasts.js";
import "./writer.js"; // before forms: what leaves is told before it is sent
import "./forms.js";
import "./autosave.js";
import "./theme.js";
import "./menus.js";
import "./panel.js";
import "./selection.js";
import "./rows.js";
import "./shortcuts.js";
import "./palette.js";
import "./quick-add.js";
import "./tabs.js";
import "./times.js";
import "./copy.js";
import "./modules.js";
import "./places.js";
import "./worker.js";
