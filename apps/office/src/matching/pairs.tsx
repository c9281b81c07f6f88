import { Button, FileButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { PairJudgedView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { download, toCsv } from "../common/csv.ts";
import { t } from "../t.ts";
import styles from "./matching.module.css";
import { readPairs, type PairLine } from "./read-pairs.ts";

/** So many pairs are one request. */
const AT_ONCE = 100;
type Outcome = PairJudgedView["result"] | "unreadable";
type Judged = { readonly line: PairLine; readonly outcome: Outcome };
const DONE: ReadonlySet<Outcome> = new Set(["done", "known"]);

/** Judgments from a file: who is one person and who is not, by what the channels call them. */
export function Pairs() {
  const queries = useQueryClient();
  const [lines, setLines] = useState<readonly PairLine[] | null>(null);
  const [judged, setJudged] = useState<readonly Judged[]>([]);
  const judge = useMutation({
    mutationFn: () => judgeAll(lines ?? [], setJudged),
    onError: (error) => showToast(problemText(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: ["matches"] }),
  });
  const take = async (file: File | null): Promise<void> => {
    if (!file) return;
    setJudged([]);
    setLines(readPairs(await file.text()));
  };
  const readable = lines?.filter(({ pair }) => pair !== null).length ?? 0;
  return (
    <Section title={t("office.matching.pairs")}>
      <p className={styles.text}>{t("office.matching.pairs_text")}</p>
      <p>
        <code>shop;4711;tills;K-12;same;paper form</code>
      </p>
      <div className={styles.actions}>
        <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default">
              {t("office.matching.pairs_choose")}
            </Button>
          )}
        </FileButton>
        {lines && readable > 0 ? (
          <Button loading={judge.isPending} onClick={() => judge.mutate()}>
            {t("office.matching.pairs_do")}
          </Button>
        ) : null}
      </div>
      {lines ? (
        <p role="status">
          {t("office.matching.pairs_found", { pairs: formatNumber(readable), other: formatNumber(lines.length - readable) })}
        </p>
      ) : null}
      {judged.length > 0 ? <Outcomes judged={judged} /> : null}
    </Section>
  );
}

async function judgeAll(lines: readonly PairLine[], told: (judged: readonly Judged[]) => void): Promise<void> {
  const judged: Judged[] = lines.flatMap((line): Judged[] => (line.pair === null ? [{ line, outcome: "unreadable" }] : []));
  const waiting = lines.flatMap((line) => (line.pair === null ? [] : [{ line, pair: line.pair }]));
  for (let from = 0; from < waiting.length; from += AT_ONCE) {
    const part = waiting.slice(from, from + AT_ONCE);
    const { results } = await api.ask("matching.judgePairs", { body: { pairs: part.map(({ pair }) => pair) } });
    for (const [index, { line }] of part.entries()) judged.push({ line, outcome: results[index]?.result ?? "unreadable" });
    told([...judged]);
  }
  told([...judged]);
}

function Outcomes({ judged }: { readonly judged: readonly Judged[] }) {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of judged) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const left = judged.filter(({ outcome }) => !DONE.has(outcome)).toSorted((a, b) => a.line.line - b.line.line);
  return (
    <div className={styles.preview} role="status">
      <ul className={styles.counts}>
        {[...counts].map(([outcome, count]) => (
          <li key={outcome}>{t("office.said_of", { name: t(`office.matching.pair.${outcome}`), what: formatNumber(count) })}</li>
        ))}
      </ul>
      {left.length > 0 ? (
        <Button
          variant="default"
          onClick={() =>
            download(
              "pairs.csv",
              "text/csv;charset=utf-8",
              toCsv(left.map(({ line, outcome }) => [line.line, line.text, t(`office.matching.pair.${outcome}`)])),
            )
          }
        >
          {t("office.matching.pairs_left")}
        </Button>
      ) : null}
    </div>
  );
}
