"""`rasa train`, with the rules found by index (components/versneld.py): without that the check for
contradictions takes longer than all the rest together.

Takes the same arguments: `python -m tools.train --fixed-model-name opname --out models`.
"""
import sys

from components import zonder_tensorflow

if __name__ == "__main__":
    zonder_tensorflow.pas_toe()
    from rasa.__main__ import main

    from components import versneld

    versneld.pas_toe()
    sys.argv[1:1] = ["train"]
    main()
