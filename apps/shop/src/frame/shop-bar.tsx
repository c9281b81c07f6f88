import IconBuildingStore from "@tabler/icons-react/dist/esm/icons/IconBuildingStore.mjs";
import IconCoffee from "@tabler/icons-react/dist/esm/icons/IconCoffee.mjs";
import IconId from "@tabler/icons-react/dist/esm/icons/IconId.mjs";
import IconShoppingBag from "@tabler/icons-react/dist/esm/icons/IconShoppingBag.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import { BottomBar, BottomBarItem } from "@weft/ui/shop/bottom-bar.tsx";
import { Link } from "../router/router.tsx";
import { pathTo, type RouteName } from "../routes.ts";
import { t } from "../t.ts";

/** Menu · Cart · Card · Stores · Me, always under the thumb. */
export function ShopBar({ current }: { readonly current: RouteName | undefined }) {
  return (
    <BottomBar label={t("shop.nav.label")}>
      <BottomBarItem link={Link} to={pathTo("menu")} icon={IconCoffee} label={t("shop.nav.menu")} current={current === "menu"} />
      <BottomBarItem link={Link} to="/cart" icon={IconShoppingBag} label={t("shop.nav.cart")} current={false} />
      <BottomBarItem link={Link} to="/card" icon={IconId} label={t("shop.nav.card")} current={false} />
      <BottomBarItem link={Link} to="/stores" icon={IconBuildingStore} label={t("shop.nav.stores")} current={false} />
      <BottomBarItem link={Link} to="/me" icon={IconUser} label={t("shop.nav.me")} current={false} />
    </BottomBar>
  );
}
