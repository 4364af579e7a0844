import { countdownText } from "../format/countdown";
import { useNow } from "../state/now";

export function Countdown({ until_ms }: { until_ms: number }) {
  const left_ms = until_ms - useNow(1000);
  return (
    <time className="countdown" role="timer" dateTime={new Date(until_ms).toISOString()}>
      {countdownText(left_ms)}
    </time>
  );
}
