import type { MatchView, SourceRecordView } from "@weft/contracts/client";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { attributeText } from "../common/attribute-text.ts";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./matches.module.css";
import { saidText } from "./reason-text.ts";
import { saidByField, type Said } from "./reasons.ts";

const ORDER = ["givenName", "familyName", "birthDate", "email", "phone", "address", "locale"];

/** Every record of both sides, field by field: what differs is marked, and what each field says stands beside it. */
export function Compare({ match }: { readonly match: MatchView }) {
  const records = match.sides.flatMap(({ records: own }) => own);
  const firstOfOther = match.sides[1]?.records[0]?.id;
  const said = saidByField(match.reasons);
  const hasWords = said.size > 0;
  return (
    <table className={styles.compare}>
      <thead>
        <tr>
          <th scope="col">
            <span className="said">{t("office.match.field")}</span>
          </th>
          {records.map((record) => (
            <th key={record.id} scope="col" data-other={record.id === firstOfOther || undefined}>
              <ChannelIcon kind={record.channelKind} size={16} /> {record.channelName}
            </th>
          ))}
          {hasWords ? (
            <th scope="col" className={styles.says}>
              {t("office.match.what_it_says")}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {fieldsOf(records).map((name) => (
          <Row key={name} name={name} records={records} firstOfOther={firstOfOther} said={hasWords ? (said.get(name) ?? []) : undefined} />
        ))}
      </tbody>
    </table>
  );
}

/** Fields that one of them has, in the order in which one tells people apart; what else channels keep comes last. */
function fieldsOf(records: readonly SourceRecordView[]): string[] {
  const given = [...new Set(records.flatMap(({ attributes }) => Object.keys(attributes)))].filter((name) => name !== "traits");
  const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return given.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

type RowProps = {
  readonly name: string;
  readonly records: readonly SourceRecordView[];
  readonly firstOfOther: string | undefined;
  readonly said: readonly Said[] | undefined;
};

function Row({ name, records, firstOfOther, said }: RowProps) {
  const texts = records.map(({ attributes }) => (attributes[name] === undefined ? undefined : attributeText(name, attributes[name])));
  const isOther = new Set(texts.filter((text) => text !== undefined)).size > 1;
  return (
    <tr>
      <th scope="row">{wordOf(`office.customer.field.${name}`, name)}</th>
      {records.map(({ id }, at) => (
        <td key={id} data-other={id === firstOfOther || undefined}>
          {texts[at] === undefined ? <span title={t("office.match.not_said")}>–</span> : isOther ? <mark>{texts[at]}</mark> : texts[at]}
        </td>
      ))}
      {said ? (
        <td className={styles.says}>
          <ul>
            {said.map((one) => (
              <li key={one.reason.field} data-for={one.isFor}>
                {saidText(one)}
              </li>
            ))}
          </ul>
        </td>
      ) : null}
    </tr>
  );
}
