/** 住所の字 — as one reads it aloud: width, spaces and the words between numbers make no other place. */
const plain = (address: string): string =>
  address
    .normalize('NFKC')
    .replace(/[一二三四五六七八九](?=丁目)/g, (digit) =>
      String('一二三四五六七八九'.indexOf(digit) + 1),
    )
    .replace(/[\s　]/g, '')
    .replace(/丁目|番地の|番地|番|号|[-‐‑–−ーの](?=\d)/g, '-')
    .replace(/-+/g, '-')

/**
 * 施設の住所か — an address is the facility's when it is written the same, or goes on with the building or the room in it.
 * A house number that merely begins with the same digits is another place.
 */
export function isAt(address: string, facility: string): boolean {
  const [one, other] = [plain(address), plain(facility).replace(/-$/, '')]
  if (other === '' || !one.startsWith(other)) return false
  return !/^\d/.test(one.slice(other.length)) && !/^-\d/.test(one.slice(other.length))
}
