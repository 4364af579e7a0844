// A link within the console: the address changes, the page stays.
import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { go, hrefOf, type Route } from "../route";

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { to: Route };

export function Link({ to, onClick, ...others }: Props) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return <a href={hrefOf(to)} onClick={follow} {...others} />;
}
