import { useMutation } from "@tanstack/react-query";
import type { LoyaltyView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./card.module.css";

type Wallet = LoyaltyView["wallets"][number];

/** Puts the card into the wallet of this phone; nothing where the retailer has set none up. Each phone has one of the two. */
export function AddToWallet({ wallets }: { readonly wallets: readonly Wallet[] }) {
  const add = useMutation({
    mutationFn: (wallet: Wallet) => api.ask("loyalty.addToWallet", { params: { id: "me" }, body: { wallet } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (wallets.length === 0) return null;
  return (
    <div className={styles.wallets}>
      {wallets.map((wallet) => (
        <Button key={wallet} busy={add.isPending && add.variables === wallet} onClick={() => add.mutate(wallet)}>
          {t(`shop.card.wallet.${wallet}`)}
        </Button>
      ))}
      {add.isError ? <ProblemNote error={add.error} /> : null}
    </div>
  );
}
