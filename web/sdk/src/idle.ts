// Runs a function once when the page has nothing more urgent: in an idle callback, at the latest after 200 ms; where there
// are none, in a message of its own shortly after, which no frame waits for.

const latestMs = 200;
const afterMs = 30;

export function whenIdle(run: () => void): () => void {
  let asked = false;
  const once = () => {
    asked = false;
    run();
  };
  let ask: () => void;
  if (typeof requestIdleCallback === "function") {
    const options = { timeout: latestMs };
    ask = () => requestIdleCallback(once, options);
  } else {
    const channel = new MessageChannel();
    channel.port1.onmessage = once;
    const post = () => channel.port2.postMessage(0);
    ask = () => setTimeout(post, afterMs);
  }
  return () => {
    if (asked) return;
    asked = true;
    ask();
  };
}
