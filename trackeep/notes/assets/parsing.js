// The worker that makes HTML of one text and is ended then, so that a text that takes too long keeps no page waiting.
import { toHtml } from "./sealed/markdown.js";

addEventListener("message", ({ data }) => postMessage(toHtml(data)));
