import type { Icon } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import styles from "./bottom-bar.module.css";

/** The bar under the thumb; on a wide screen it stands at the top. */
export function BottomBar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav className={styles.bar} aria-label={label}>
      <ul>{children}</ul>
    </nav>
  );
}

type ItemProps = {
  /** The app's own link, so that the bar knows no router. */
  readonly link: ComponentType<{ to: string; className?: string; "aria-current"?: "page"; children: ReactNode }>;
  readonly to: string;
  readonly icon: Icon;
  readonly label: string;
  readonly current: boolean;
  /** A figure on the icon, such as the items in the cart; said by `countLabel` to who does not see it. */
  readonly count?: number | undefined;
  readonly countLabel?: string | undefined;
};

/** One place of the bar. */
export function BottomBarItem({ link: Anchor, to, icon: Icon, label, current, count, countLabel }: ItemProps) {
  return (
    <li>
      <Anchor to={to} className={styles.item ?? ""} {...(current && { "aria-current": "page" as const })}>
        <span className={styles.icon}>
          <Icon size={24} stroke={1.75} aria-hidden />
          {count ? (
            <span className={styles.count} aria-hidden>
              {count}
            </span>
          ) : null}
        </span>
        {label}
        {count && countLabel ? <span className="said">{countLabel}</span> : null}
      </Anchor>
    </li>
  );
}
