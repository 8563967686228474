// A request that outlives its page, so that who leaves right after a change does not lose it. A browser lets 64 KiB of such bodies be
// on their way at once, in all modules of a page; what would be more is sent as any other.
const MOST = 60_000;
const AROUND = 200; // what a form's encoding puts around a field
const encoder = new TextEncoder();
const onTheWay = (globalThis.outliving ??= { bytes: 0 });

const bytes = (value) => (typeof value === "string" ? encoder.encode(value.replaceAll("\n", "\r\n")).length : value.size);

function weigh(body) {
  if (body === null || body === undefined) return 0;
  if (typeof body === "string") return bytes(body);
  let sum = 0;
  for (const [name, value] of body) sum += bytes(name) + bytes(value) + AROUND;
  return sum;
}

export const outlives = (body) => onTheWay.bytes + weigh(body) <= MOST;

// Answers the response with its text: until that is there, the request counts. One with a signal is meant to end early.
export async function ask(url, options) {
  const { body, signal } = options;
  const keepalive = !signal && outlives(body);
  const weight = keepalive ? weigh(body) : 0;
  onTheWay.bytes += weight;
  try {
    const response = await fetch(url, { credentials: "same-origin", keepalive, ...options });
    return { response, text: await response.text() };
  } finally {
    onTheWay.bytes -= weight;
  }
}
