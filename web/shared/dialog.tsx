// A layer above the page: takes the focus, keeps it, gives it back; Escape and a tap beside it close it.
import { type MouseEvent, type ReactNode, useLayoutEffect, useRef } from "react";

interface Props {
  className: string;
  label: string;
  close: () => void;
  children: ReactNode;
}

export function Dialog({ className, label, close, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before it leaves the page: once gone it could not give the focus back.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const beside = (event: MouseEvent) => {
    if (event.target === dialog.current) close();
  };
  return (
    <dialog
      ref={dialog}
      className={className}
      aria-label={label}
      onCancel={(event) => (event.preventDefault(), close())}
      onClick={beside}
    >
      {children}
    </dialog>
  );
}
