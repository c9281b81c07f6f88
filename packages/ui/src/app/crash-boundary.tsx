import { Component, type ErrorInfo, type ReactNode } from "react";
import { t } from "../t.ts";
import styles from "./crash-boundary.module.css";

type Props = { readonly children: ReactNode };

/** Shown instead of a white page when a screen throws while it is drawn. React offers boundaries only as classes. */
export class CrashBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <div role="alert" className={styles.crash}>
        <h1>{t("ui.crash.title")}</h1>
        <p>{t("ui.crash.kept")}</p>
        <button type="button" className={styles.reload} onClick={() => location.reload()}>
          {t("ui.crash.reload")}
        </button>
        <code>{this.state.error.message}</code>
      </div>
    );
  }
}
