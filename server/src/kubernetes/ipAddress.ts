/** Whether the API server takes a text for an IPv4 or IPv6 address; leading zeros of an octet pass there too. */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

function isIpv4(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => /^[0-9]{1,3}$/.test(octet) && Number(octet) <= 255);
}

function isIpv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::');
  if (!text.includes(':') || more.length > 0) {
    return false;
  }
  const groups = [head, ...(tail === undefined ? [] : [tail])].flatMap((part) => (part === '' ? [] : part.split(':')));
  const last = groups.at(-1) ?? '';
  const embedded = isIpv4(last);
  const written = embedded ? groups.slice(0, -1) : groups;
  const length = written.length + (embedded ? 2 : 0);
  return written.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (tail === undefined ? length === 8 : length < 8);
}
