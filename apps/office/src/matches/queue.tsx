import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import type { MatchView, SourceRecordView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { useRef } from "react";
import { attributeText } from "../common/attribute-text.ts";
import { wordOf } from "../common/text.ts";
import { matchesRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { Compare } from "./compare.tsx";
import { useJudge, type Decision } from "./judge.ts";
import styles from "./matches.module.css";

const KEYS = { same: "S", different: "D", later: "L" } as const;

/** Nothing that is learned from a file is certain, whatever the figures round to. */
const MOST_SURE = 0.99;

/** The pairs of a list with one of them open, which is judged by a click or a key: the next one opens by itself. */
export function Queue({ matches }: { readonly matches: readonly MatchView[] }) {
  const may = useMay();
  const navigate = matchesRoute.useNavigate();
  const { open, status } = matchesRoute.useSearch();
  const { decide, takeBack, isBusy } = useJudge();
  const last = useRef<MatchView>(undefined);
  const found = matches.findIndex(({ id }) => id === open);
  const at = Math.max(found, 0);
  const match = matches[at];
  const show = (next: MatchView | undefined): void =>
    void navigate({ search: { status, open: next?.id }, replace: true, resetScroll: false });
  const judge = (decision: Decision): void => {
    if (!match || isBusy || !may("customers.judgeMatch") || match.status !== "open") return;
    last.current = match;
    show(matches[at + 1] ?? matches[at - 1]);
    decide(match, decision);
  };
  useHotkeys([
    ["s", () => judge("same")],
    ["d", () => judge("different")],
    ["l", () => judge("later")],
    ["u", () => last.current && takeBack(last.current)],
    ["j", () => show(matches[at + 1] ?? match)],
    ["k", () => show(matches[at - 1] ?? match)],
  ]);
  if (!match) return null;
  return (
    <div className={styles.queue}>
      <ul className={styles.list} aria-label={t("office.nav.matches")}>
        {matches.map((each) => (
          <li key={each.id}>
            <button type="button" aria-current={each === match} onClick={() => show(each)}>
              <span>
                {nameOf(each.a)} · {nameOf(each.b)}
              </span>
              <small>{whyOf(each)}</small>
            </button>
          </li>
        ))}
      </ul>
      <Pair match={match} onJudge={judge} onTakeBack={() => takeBack(match)} isBusy={isBusy} />
    </div>
  );
}

function nameOf({ attributes }: SourceRecordView): string {
  const names = ["givenName", "familyName"].flatMap((name) =>
    attributes[name] === undefined ? [] : [attributeText(name, attributes[name])],
  );
  if (names.length > 0) return names.join(" ");
  const contact = attributes["email"] ?? attributes["phone"];
  return contact === undefined ? t("office.match.nameless") : attributeText("email", contact);
}

const whyOf = ({ because }: MatchView): string => wordOf(`office.match.because.${because}`, because);

type PairProps = {
  readonly match: MatchView;
  readonly onJudge: (decision: Decision) => void;
  readonly onTakeBack: () => void;
  readonly isBusy: boolean;
};

function Pair({ match, onJudge, onTakeBack, isBusy }: PairProps) {
  const may = useMay();
  const isOpen = match.status === "open";
  return (
    <article className={styles.pair} aria-label={`${nameOf(match.a)} · ${nameOf(match.b)}`}>
      <header>
        <strong>{whyOf(match)}</strong>
        {match.chance === null ? null : (
          <span className={styles.chance}>
            {t("office.match.chance", { share: formatNumber(Math.min(match.chance, MOST_SURE), { style: "percent" }) })}
          </span>
        )}
        <TimeAgo at={match.decidedAt ?? match.at} />
      </header>
      <Compare match={match} />
      {isOpen && may("customers.judgeMatch") ? (
        <footer>
          {(["same", "different", "later"] as const).map((decision) => (
            <Button
              key={decision}
              variant={decision === "same" ? "filled" : "default"}
              disabled={isBusy}
              aria-keyshortcuts={KEYS[decision]}
              onClick={() => onJudge(decision)}
            >
              {t(`office.match.${decision}`)}
              <kbd aria-hidden>{KEYS[decision]}</kbd>
            </Button>
          ))}
          {match.putOffUntil === null ? null : <UndoButton onClick={onTakeBack} isBusy={isBusy} label={t("office.match.ask_now")} />}
        </footer>
      ) : null}
      {!isOpen && may("customers.undoMatch") ? (
        <footer>
          <UndoButton onClick={onTakeBack} isBusy={isBusy} label={t("office.match.undo")} />
        </footer>
      ) : null}
      {isOpen && may("customers.judgeMatch") ? <p className={styles.keys}>{t("office.match.keys")}</p> : null}
    </article>
  );
}

function UndoButton({ onClick, isBusy, label }: { readonly onClick: () => void; readonly isBusy: boolean; readonly label: string }) {
  return (
    <Button variant="default" disabled={isBusy} onClick={onClick}>
      {label}
    </Button>
  );
}
