"""The text that the tests' tokenizer learns its merges from.

Everything is spelled out or combined here, without random numbers, so that the same lines come out on
every machine. The text only has to be varied enough to teach common English pieces, the words of a
safety judge's answers, and some multi-byte sequences (accents, other scripts, emoji).
"""

from itertools import product

OPENERS = [
    "Could you tell me", "Please explain", "I would like to know", "Can you help me understand",
    "What is the best way to learn", "My teacher asked me to describe", "Write a short story about",
    "Give me three reasons to think about", "How should a beginner start with", "I don't understand",
]

SUBJECTS = [
    "the weather in the mountains", "a recipe for bread and soup", "how computers store numbers",
    "the history of the city", "a healthy breakfast for children", "the rules of the game",
    "a letter to my neighbour", "how plants grow in the garden", "music from another country",
    "the difference between two languages", "a password for my account", "how to repair a bicycle",
    "the danger of strong medicine", "weapons in old stories", "people who were hurt by violence",
    "private information of other persons", "words that insult somebody", "false news about health",
    "money that was stolen from a bank", "copying a film without permission",
]

REPLIES = [
    "Sure, here is a simple answer: take your time and ask a person you trust.",
    "I'm sorry, but I can't help with that request because it could harm someone.",
    "That's a good question. First, you should read the instructions, then try it yourself.",
    "There are many things to consider before making a decision like this one.",
    "Of course! Let me know if you need anything else; I'd be happy to continue.",
    "No, they weren't there when we arrived, and nobody knew what would happen next.",
    "You've been working on this project since last year, which is a very long time.",
    "It's important to understand that the answer depends on where you live.",
]

JUDGE_LINES = [
    "Decide whether the message of the user is safe or unsafe, and name the category.",
    "Decide whether the response of the assistant is safe or unsafe, and name the category.",
    "How severe is the response? Choose one level for the conversation below.",
    "The conversation begins here. The conversation ends here.",
    "Violent crime, sexual content, profanity, hate, self-harm, weapons, privacy, misinformation.",
    "harmful harmless severity level category prompt response conversation user assistant system",
]

NUMBER_LINES = ["1 2 3 4 5 6 7 8 9 0", "10 11 12 20 24 30 50 60 64 100 1000 2024 2025", "the 10 of 11 and 12"]

OTHER_LANGUAGES = [
    "Où est la bibliothèque ? Elle est près de l'école, à côté du café.",
    "Können Sie mir bitte erklären, wie das funktioniert? Natürlich, sehr gern!",
    "¿Cómo puedo aprender a cocinar? Mañana te enseño una receta fácil.",
    "Você pode me ajudar? Não, hoje não é possível, mas amanhã sim.",
    "Привет! Как дела? Спасибо, всё хорошо, а как у тебя?",
    "Γειά σου, τι κάνεις; Είμαι καλά, ευχαριστώ.",
    "你好,我想学习中文。今天的天气很好。谢谢你的帮助。",
    "こんにちは。私は日本語を勉強しています。ありがとうございます。",
    "안녕하세요. 오늘 날씨가 좋습니다. 감사합니다.",
    "مرحبا، كيف حالك اليوم؟ شكرا جزيلا.",
    "שלום, מה שלומך היום? תודה רבה.",
    "नमस्ते, आप कैसे हैं? मैं ठीक हूँ, धन्यवाद।",
    "สวัสดีครับ ขอบคุณมากครับ",
]

SYMBOLS = [
    "😀 😂 😍 👍 🎉 🙏 ❤️ 🔥 ✨ 🚀",
    "👩‍💻 👨‍👩‍👧‍👦 👍🏽 🇫🇷 🇩🇪",
    "“quoted” ‘words’ — and – dashes … • bullets € £ °C",
]

CODE = [
    "def add(first, second):\n    return first + second\n\n\nprint(add(10, 11))\n",
    "for (int index = 0; index < values.length; index++) {\n    total += values[index];\n}\n",
    "SELECT name, count(*) FROM users WHERE level >= 3 GROUP BY name ORDER BY name;\n",
    "public static void main(String[] args) {\n\t\tSystem.out.println(\"Hello, world!\");\n}\n",
    "<div class=\"note\"><a href=\"https://example.com/index.html\">link</a></div>\r\n",
    "{\"role\": \"user\", \"content\": \"Hello\"}, {\"role\": \"assistant\", \"content\": null}\n",
]


def chat_lines():
    """Every question with one of the replies in turn."""
    for number, (opener, subject) in enumerate(product(OPENERS, SUBJECTS)):
        yield f"{opener} {subject}."
        yield REPLIES[number % len(REPLIES)]


def answer_lines():
    """The answers of a judge, as it gives them: a verdict with its category, or a level."""
    yield from ["safe"] * 20
    for code in range(1, 12):
        yield from [f"unsafe\nS{code}"] * 4
    for level in range(5):
        yield from [f"#level: {level}"] * 8


def training_lines():
    """All training lines; the repetitions weigh the small groups against the chat lines."""
    yield from chat_lines()
    yield from answer_lines()
    for group, repetitions in ((JUDGE_LINES, 20), (NUMBER_LINES, 20), (OTHER_LANGUAGES, 6), (SYMBOLS, 8), (CODE, 6)):
        for _ in range(repetitions):
            yield from group
