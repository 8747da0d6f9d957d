/** 数の言葉 — what jobs count, in the words of a screen and in the order in which they are asked. */
const names: readonly (readonly [key: string, name: string])[] = [
  ['records', '件数'],
  ['received', '件数'],
  ['added', '新しい記録'],
  ['changed', '変わった記録'],
  ['corrected', '直った記録'],
  ['unknown', '宛名番号が届いていない'],
  ['warnings', '確かめるところ'],
  ['quarantined', '隔離した行'],
  ['held', '確認待ち'],
  ['doubts', 'ふだんと違うところ'],
  ['reconciled', '照合した組'],
  ['differences', '違い'],
  ['unanswered', '答えのない組'],
  ['matched', '窓口と一致'],
  ['differing', '窓口と差異'],
  ['refused', '差し戻し'],
  ['errors', '誤り'],
  ['persons', '判定した人'],
  ['insured', '被保険者'],
  ['issued', '新しい被保険者番号'],
  ['documents', '作った文書'],
  ['waiting', '待っている人'],
  ['upToDate', 'すでに持っている人'],
  ['decisions', '決定'],
  ['decided', '決定'],
  ['unchanged', '前と同じ'],
  ['judged', '新しい判定'],
  ['sharesChanged', '割合か限度区分が変わった人'],
  ['reissue', '文書を作り直す人'],
  ['pending', '判定できない'],
  ['cancelled', '取りやめ'],
  ['incomeUnknown', '所得が届いていない'],
  ['annual', '年額の合計(円)'],
  ['municipalities', '市区町村'],
  ['files', 'ファイル'],
  ['forms', '帳票'],
  ['people', '載せた人'],
  ['rows', '行'],
]

/** 数 — of a job's result; what is not a number is left out. */
export function countsOf(result: unknown): { name: string; count: number }[] {
  if (typeof result !== 'object' || result === null) return []
  const counts = new Map(
    Object.entries(result).filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
  )
  const known = names.flatMap(([key, name]) => {
    const count = counts.get(key)
    counts.delete(key)
    return count === undefined ? [] : [{ name, count }]
  })
  return [...known, ...[...counts].map(([name, count]) => ({ name, count }))]
}

/** 数の文 — the first, and what else is not 0, for one line. */
export function countsText(result: unknown): string {
  return countsOf(result)
    .filter(({ count }, index) => index === 0 || count !== 0)
    .slice(0, 4)
    .map(({ name, count }) => `${name} ${count.toLocaleString('ja-JP')}`)
    .join('、')
}
