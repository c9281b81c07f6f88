import { t } from "../t.ts";
import styles from "./stations.module.css";

type TabsProps = {
  readonly stations: readonly string[];
  readonly chosen: string | null;
  readonly onChoose: (station: string | null) => void;
};

/** Which station this screen stands at; with one there is nothing to choose. */
export function StationTabs({ stations, chosen, onChoose }: TabsProps) {
  if (stations.length < 2) return null;
  return (
    <nav className={styles.tabs} aria-label={t("board.stations.which")}>
      <button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        {t("board.stations.all")}
      </button>
      {stations.map((name) => (
        <button key={name} type="button" aria-pressed={chosen === name} onClick={() => onChoose(name)}>
          {name}
        </button>
      ))}
    </nav>
  );
}
