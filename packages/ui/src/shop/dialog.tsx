import { useId, type ReactNode } from "react";
import styles from "./dialog.module.css";
import { useModal } from "./modal.ts";

type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, with the numbers. */
  readonly children: ReactNode;
  /** The buttons; the one that changes something stands last. */
  readonly actions: ReactNode;
};

/** A question that must be answered before anything else: only where money or people would be hurt. */
export function Dialog({ open, onClose, title, children, actions }: DialogProps) {
  const dialog = useModal(open, onClose);
  const titleId = useId();
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId}>
      {open ? (
        <div className={styles.inside}>
          <h2 id={titleId}>{title}</h2>
          <div>{children}</div>
          <div className={styles.actions}>{actions}</div>
        </div>
      ) : null}
    </dialog>
  );
}
