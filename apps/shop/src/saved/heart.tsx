import IconHeart from "@tabler/icons-react/dist/esm/icons/IconHeart.mjs";
import IconHeartFilled from "@tabler/icons-react/dist/esm/icons/IconHeartFilled.mjs";
import { useMutation } from "@tanstack/react-query";
import type { ProductView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { IconButton } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { Draft } from "../product/use-choices.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { useHeart } from "./saved.ts";
import styles from "./saved.module.css";

type Props = { readonly product: ProductView; readonly draft: Draft; readonly storeId: string | undefined };

/** Saves what is chosen here for later, or takes it back. */
export function HeartButton({ product, draft, storeId }: Props) {
  const { variant, quantity, hint } = draft;
  const options = hint.options.map(({ group, value }) => ({ group, value }));
  const { slug, name, pictureUrl } = product;
  const heart = useHeart({ sku: variant.sku, slug, quantity, options, name, pictureUrl, unitPrice: hint.unitPrice }, storeId);
  const toggle = useMutation({
    mutationFn: async () => {
      const wasSaved = heart.isSaved;
      await heart.toggle();
      return wasSaved;
    },
    onSuccess: (wasSaved) => showToast(t(wasSaved ? "shop.saved.removed" : "shop.saved.added", { name: inLanguage(name) })),
    onError: (error) => showToast(problemText(error)),
  });
  const isOn = toggle.isPending ? !heart.isSaved : heart.isSaved;
  return (
    <IconButton
      className={styles.heart}
      icon={isOn ? IconHeartFilled : IconHeart}
      label={t("shop.saved.save", { name: inLanguage(name) })}
      aria-pressed={isOn}
      disabled={toggle.isPending}
      onClick={() => toggle.mutate()}
    />
  );
}
