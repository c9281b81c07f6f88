// A plain script that the page waits for: the scheme that the reader chose is there before the first color is seen.
// It reads what theme/color-scheme.ts keeps, under the name that browser/storage.ts gives it.
{
  const asked = /[?&]device=([a-z0-9]{1,20})(&|$)/.exec(location.search)?.[1];
  const device = asked ?? /^weft-device:(.+)/.exec(window.name)?.[1];
  try {
    const scheme = localStorage.getItem(device === undefined ? "weft.scheme" : `weft.scheme@${device}`);
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
  } catch {
    // Where storage is forbidden nothing was chosen.
  }
}
