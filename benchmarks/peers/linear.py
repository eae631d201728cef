"""Answer the messages with scikit-learn's pieces of words and a linear classifier, the usual strong baseline."""

from __future__ import annotations

import pickle
from time import perf_counter

from benchmarks.peers.answers import Task, give, task_path


def main() -> None:
    """Learn the examples, keep and load the model as a product would, and answer."""
    task = Task.read(task_path())
    stored = _learn(task)
    started = perf_counter()
    model = pickle.loads(stored)
    labels = list(model.classes_)

    def ask(text: str, _: str) -> tuple[str, float]:
        found = model.predict_proba([text])[0]
        best = int(found.argmax())
        return labels[best], float(found[best])

    give(task, ask, started)


def _learn(task: Task) -> bytes:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.pipeline import make_pipeline

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, lowercase=True)
    classifier = SGDClassifier(loss="log_loss", alpha=3e-6, random_state=0, max_iter=30)
    model = make_pipeline(vectors, classifier)
    model.fit([text for text, _, _ in task.examples], [label for _, label, _ in task.examples])
    return pickle.dumps(model)


if __name__ == "__main__":
    main()
