import { pathOf } from '../app/places.ts'

/** 入口をえらぶ — two realms, two doors; each has its own sign-in. */
export function Gates() {
  return (
    <main className="gates">
      <h1>どの席で仕事をしますか</h1>
      <a className="gate" data-gate="counter" href={pathOf('counter', { screen: 'today' })}>
        <strong>窓口</strong>
        <span>市区町村の窓口端末。自分の市区町村の人だけが見えます。</span>
      </a>
      <a className="gate" data-gate="union" href={pathOf('union', { screen: 'today' })}>
        <strong>広域</strong>
        <span>広域連合の端末。資格と賦課の決定、ファイルと実行。</span>
      </a>
    </main>
  )
}
