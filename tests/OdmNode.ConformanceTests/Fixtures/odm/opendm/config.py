"""Declares options in every way that ODM does."""
import argparse

print("loading settings")


class StoreTrue(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, True)


class Settings(argparse.ArgumentParser):
    def parse_args(self, args=None, namespace=None):
        return super().parse_args(args, namespace)


def config(argv=None):
    parser = Settings(description="engine", usage="engine [options] <dataset name>")
    parser.add_argument("--project-path", metavar="<path>", help="Withheld.")
    parser.add_argument("name", metavar="<dataset name>", type=str, default="code", nargs="?", help="Withheld.")
    parser.add_argument("--end-with", "-e", metavar="<string>", default="odm_postprocess", choices=["dataset", "odm_postprocess"], help="Default: %(default)s")
    rerun = parser.add_mutually_exclusive_group()
    rerun.add_argument("--rerun-from", metavar="<string>", choices=["dataset", "odm_postprocess"], help="Can be one of: %(choices)s.")
    rerun.add_argument("--rerun-all", action="store_true", default=False, help="Withheld.")
    parser.add_argument("--min-num-features", metavar="<integer>", default=10000, type=int, help="Features.")
    parser.add_argument("--crop", metavar="<positive float>", default=3, type=float, help="100 %% or less.")
    parser.add_argument("--fast-orthophoto", action=StoreTrue, nargs=0, default=False, help="Fast.")
    parser.add_argument("--sm-cluster", metavar="<string>", type=str, default=None, help="Cluster.")
    parser.add_argument("--primary-band", metavar="<string>", default="auto", type=str, help="Band.")
    parser.add_argument("--limit", metavar="<positive integer>", type=int, help="Without default.")
    return parser.parse_args(argv)
