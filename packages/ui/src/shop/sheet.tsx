import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import { useId, type ReactNode } from "react";
import { t } from "../t.ts";
import { IconButton } from "./button.tsx";
import { useModal } from "./modal.ts";
import styles from "./sheet.module.css";

type SheetProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Stays at the bottom, under the thumb, while the rest scrolls: the one action. */
  readonly footer?: ReactNode;
};

/** Slides up over the screen on a phone, stands in the middle on a wide one. Closed by Escape, the cross, or a tap beside it. */
export function Sheet({ open, onClose, title, children, footer }: SheetProps) {
  const dialog = useModal(open, onClose);
  const titleId = useId();
  return (
    <dialog ref={dialog} className={styles.sheet} aria-labelledby={titleId}>
      {open ? (
        <div className={styles.inside}>
          <header className={styles.header}>
            <h2 id={titleId}>{title}</h2>
            <IconButton label={t("ui.close")} icon={IconX} onClick={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {footer === undefined ? null : <footer className={styles.footer}>{footer}</footer>}
        </div>
      ) : null}
    </dialog>
  );
}
