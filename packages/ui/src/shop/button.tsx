import type { Icon } from "@tabler/icons-react";
import type { ButtonHTMLAttributes } from "react";
import styles from "./button.module.css";

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** One `primary` per screen; everything else is quieter. */
  readonly kind?: "primary" | "secondary" | "quiet" | "danger";
  /** As wide as its place, for the one action at the bottom of a sheet. */
  readonly wide?: boolean;
  /** The work has begun: the button keeps its size and cannot be pressed again. */
  readonly busy?: boolean;
};

/** A button of the shop. Its type is `button`, so that nothing is sent by accident. */
export function Button({ kind = "secondary", wide = false, busy = false, className, disabled, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={[styles.button, styles[kind], wide && styles.wide, className].filter(Boolean).join(" ")}
      disabled={disabled}
      aria-busy={busy}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> & { readonly label: string; readonly icon: Icon };

/** A button that shows only a picture; `label` says what it does. */
export function IconButton({ label, icon: Icon, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} className={[styles.icon, className].filter(Boolean).join(" ")} aria-label={label}>
      <Icon size={22} stroke={1.75} aria-hidden />
    </button>
  );
}
