import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { wearTheme } from './app/settings.ts'

wearTheme()
const place = document.getElementById('desk')
if (place === null) throw new Error('画面を置く場所がありません')
createRoot(place).render(<App />)
