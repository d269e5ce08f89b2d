"""The dataset as one page to look at: what it holds, what people complain about, and the page behind each number."""
