// Runs a function when the page has nothing more urgent, at most ten times a second, after `wake` was called. To wake
// is cheap enough for every pointer event: while things happen a timer beats, and only the first call of a burst
// starts it (asking for an idle callback takes some 40 us). The work itself runs in an idle callback, 200 ms late at
// the latest; where there are none, in a message of its own, which no frame waits for.

const beatMs = 100;
const latestMs = 200;
const mostRests = 20; // beats without anything new before the timer stops

function idleCaller(run: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const options = { timeout: latestMs };
    return () => requestIdleCallback(run, options);
  }
  const channel = new MessageChannel();
  channel.port1.onmessage = run;
  return () => channel.port2.postMessage(0);
}

export function whenIdle(run: () => void): () => void {
  const ask = idleCaller(run);
  let isNew = false;
  let rests = 0;
  let timer: ReturnType<typeof setInterval> | null = null;
  const beat = (): void => {
    rests = isNew ? 0 : rests + 1;
    if (isNew) ask();
    isNew = false;
    if (rests < mostRests || timer === null) return;
    clearInterval(timer);
    timer = null;
    rests = 0;
  };
  return () => {
    isNew = true;
    timer ??= setInterval(beat, beatMs);
  };
}
