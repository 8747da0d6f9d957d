import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { words } from './app/server.ts'
import { wearSize, wearTheme } from './app/settings.ts'

wearTheme()
wearSize()
// Fonts come in slices as letters need them; the words for a lost wire must have their letters before. What does
// not come is set in a letter of the machine.
document.fonts.load('16px "Noto Sans JP Variable"', Object.values(words).join('')).catch(() => {})
const place = document.getElementById('desk')
if (place === null) throw new Error('画面を置く場所がありません')
createRoot(place).render(<App />)
