import {
  createContext,
  startTransition,
  use,
  useEffect,
  useState,
  type AnchorHTMLAttributes,
  type MouseEvent,
  type ReactNode,
} from "react";

/** Where the shop lives on its host; addresses inside the shop are written without it. */
const BASE = import.meta.env.BASE_URL.replace(/\/$/, "");
const NAVIGATED = "weft:navigated";

/** The address inside the shop: path from `/`, and the search parameters (filters, selection). */
export type Address = { readonly path: string; readonly search: URLSearchParams };

const AddressContext = createContext<Address>({ path: "/", search: new URLSearchParams() });

/** Follows the browser's address. The screen that is seen stays until the next one has loaded. */
export function Router({ children }: { readonly children: ReactNode }) {
  const [address, setAddress] = useState(readAddress);
  useEffect(() => {
    const follow = (): void => startTransition(() => setAddress(readAddress()));
    addEventListener("popstate", follow);
    addEventListener(NAVIGATED, follow);
    return () => {
      removeEventListener("popstate", follow);
      removeEventListener(NAVIGATED, follow);
    };
  }, []);
  return <AddressContext value={address}>{children}</AddressContext>;
}

/** The address that is shown. */
export function useAddress(): Address {
  return use(AddressContext);
}

/** Goes to an address inside the shop (`/cart`, `/?category=…`). `replace` leaves no step to go back to, as for a filter. */
export function navigate(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (replace) history.replaceState(history.state, "", BASE + to);
  else {
    history.pushState(null, "", BASE + to);
    scrollTo(0, 0);
  }
  dispatchEvent(new Event(NAVIGATED));
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly to: string };

/** A link inside the shop: an anchor like any other, so that opening in a new tab works, without loading the page anew. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain) return;
    event.preventDefault();
    navigate(to);
  };
  return <a {...rest} href={BASE + to} onClick={follow} />;
}

/** The address in the browser's bar, without where the shop lives. */
export function readAddress(): Address {
  const path = location.pathname.startsWith(BASE) ? location.pathname.slice(BASE.length) : location.pathname;
  return { path: path === "" ? "/" : path, search: new URLSearchParams(location.search) };
}
