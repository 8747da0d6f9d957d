const date = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** 時刻の日 — the calendar day of an instant in Japan. */
export function dayInJapan(instant: string): string {
  return date.format(new Date(instant))
}
