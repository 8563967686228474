// htmx, where other modules and the journeys find it.
import htmx from "htmx.org";

window.htmx = htmx;
