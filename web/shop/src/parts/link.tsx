// A link inside the shop: an ordinary one for keyboards, readers and new tabs, without loading the page anew.
import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { go, hrefOf, type Route } from "../route";

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & { to: Route };

export function Link({ to, onClick, ...rest }: Props) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return <a href={hrefOf(to)} onClick={follow} {...rest} />;
}
