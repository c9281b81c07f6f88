import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { SchemePicker } from "@weft/ui/app/scheme-picker.tsx";
import type { ReactNode } from "react";
import styles from "./door.module.css";

type DoorProps = {
  readonly title: string;
  /** What was refused just now; its space is kept. */
  readonly problem: string | null;
  readonly children: ReactNode;
};

/** What stands before the office: the brand's mark, one form, and the habits of the reader. */
export function Door({ title, problem, children }: DoorProps) {
  return (
    <main className={styles.door}>
      <div className={styles.card}>
        <img src={`${import.meta.env.BASE_URL}icons/icon.svg`} alt="" width={48} height={48} />
        <h1>{title}</h1>
        {children}
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      </div>
      <footer className={styles.habits}>
        <LanguagePicker />
        <SchemePicker />
      </footer>
    </main>
  );
}
