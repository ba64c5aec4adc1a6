const MASK = "***";

/**
 * Returns the URL with the password of each node (nodes are parted by `;`) and every secret query parameter replaced
 * by `***`. Takes any text: what does not parse loses more rather than less.
 */
export function maskUrl(url: string): string {
  return url.split(";").map(maskNode).join(";");
}

function maskNode(url: string): string {
  const inAuthority = /^([a-z][a-z0-9+.-]*:\/\/[^:@/?#]*:)[^/?#]*@/i;
  // A raw "/", "?" or "#" in a password ends the authority early: then all up to the last "@" may be secret.
  const anywhere = /^([a-z][a-z0-9+.-]*:\/\/[^:@/?#]*:).*@/i;
  const pattern = inAuthority.test(url) ? inAuthority : anywhere;
  return url
    .replace(pattern, `$1${MASK}@`)
    .replace(/([?&][^=&]*(?:password|secret|token|key_data)[^=&]*=)[^&]*/gi, `$1${MASK}`);
}
