import IconBuildingStore from "@tabler/icons-react/dist/esm/icons/IconBuildingStore.mjs";
import IconCoffee from "@tabler/icons-react/dist/esm/icons/IconCoffee.mjs";
import IconId from "@tabler/icons-react/dist/esm/icons/IconId.mjs";
import IconShoppingBag from "@tabler/icons-react/dist/esm/icons/IconShoppingBag.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import { BottomBar, BottomBarItem } from "@weft/ui/shop/bottom-bar.tsx";
import { useUnseen } from "../saved/saved.ts";
import { useCart } from "../cart/use-cart.ts";
import { Link } from "../router/router.tsx";
import { pathTo, type RouteName } from "../routes.ts";
import { t } from "../t.ts";

/** The place of the bar that a screen belongs to. */
const PLACE_OF: Readonly<Record<RouteName, "menu" | "cart" | "card" | "stores" | "me">> = {
  menu: "menu",
  product: "menu",
  shelf: "menu",
  shelfWith: "menu",
  shelfWithMore: "menu",
  cart: "cart",
  checkout: "cart",
  handover: "cart",
  enterHandover: "cart",
  card: "card",
  purse: "card",
  joinPurse: "card",
  friend: "card",
  offer: "cart",
  changeLink: "cart",
  receipt: "me",
  claim: "card",
  stores: "stores",
  book: "stores",
  bookings: "me",
  me: "me",
  help: "me",
  orders: "me",
  order: "me",
  signIn: "me",
  saved: "me",
  sharedList: "menu",
  terms: "me",
  data: "me",
  cookies: "me",
  linkTerms: "me",
  confirmTerms: "me",
};

/** Menu · Cart · Card · Stores · Me, always under the thumb. */
export function ShopBar({ current }: { readonly current: RouteName | undefined }) {
  const { shown, cart } = useCart();
  const count = cart?.state === "completed" ? 0 : shown.itemCount;
  const place = current && PLACE_OF[current];
  const news = useUnseen();
  return (
    <BottomBar label={t("shop.nav.label")}>
      <BottomBarItem link={Link} to={pathTo("menu")} icon={IconCoffee} label={t("shop.nav.menu")} current={place === "menu"} />
      <BottomBarItem
        link={Link}
        to={pathTo("cart")}
        icon={IconShoppingBag}
        label={t("shop.nav.cart")}
        current={place === "cart"}
        count={count}
        countLabel={t("shop.cart.bar", { count })}
      />
      <BottomBarItem link={Link} to={pathTo("card")} icon={IconId} label={t("shop.nav.card")} current={place === "card"} />
      <BottomBarItem link={Link} to={pathTo("stores")} icon={IconBuildingStore} label={t("shop.nav.stores")} current={place === "stores"} />
      <BottomBarItem
        link={Link}
        to={pathTo(news > 0 ? "saved" : "me")}
        icon={IconUser}
        label={t("shop.nav.me")}
        current={place === "me"}
        count={news}
        countLabel={t("shop.wish.unseen", { count: news })}
      />
    </BottomBar>
  );
}
