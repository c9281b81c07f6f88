import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import type { AdvisedGoodsView } from "@weft/contracts/client";
import { pictureSources } from "@weft/ui/app/picture-sources.ts";
import { priceText, textOf } from "../common/text.ts";
import { elsewhereText, hereText } from "./texts.ts";
import styles from "./advice.module.css";

type Props = {
  readonly goods: AdvisedGoodsView;
  readonly unit: "piece" | "gram";
  /** Why it stands here. */
  readonly reason?: string;
  readonly onTake: () => void;
};

/** Goods with their price, why they stand here, and who has them; a tap takes them up. */
export function AdvisedRow({ goods, unit, reason, onTake }: Props) {
  const elsewhere = elsewhereText(goods, unit);
  return (
    <li>
      <button type="button" className={styles.row} data-away={!goods.here.canBuy || undefined} onClick={onTake}>
        {goods.pictureUrl === null ? (
          <span className={styles.picture} aria-hidden />
        ) : (
          <img className={styles.picture} {...pictureSources(goods.pictureUrl, "64px")} alt="" width={56} height={56} loading="lazy" />
        )}
        <span className={styles.what}>
          <strong>{textOf(goods.name)}</strong>
          {reason === undefined ? null : <span>{reason}</span>}
          <small>
            <b data-here={goods.here.canBuy || undefined}>{hereText(goods, unit)}</b>
            {elsewhere === "" ? null : ` · ${elsewhere}`}
          </small>
        </span>
        <span className={styles.price}>{goods.unitPrice ? priceText(goods.unitPrice) : ""}</span>
        <IconPlus aria-hidden />
      </button>
    </li>
  );
}
